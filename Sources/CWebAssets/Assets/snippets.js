// Commands and configuration to take along.

import { currentKey } from "./keyring.js";

/** A text as one word of a POSIX shell. */
export function shellWord(text) {
  return `'${text.replaceAll("'", "'\\''")}'`;
}

/** A curl command for a path of this gateway; the key itself is never in it. */
export function curl(path) {
  const header = currentKey() ? ' -H "Authorization: Bearer $IMAGE_GATEWAY_KEY"' : "";
  return `curl -sS${header} ${shellWord(location.origin + path)}`;
}

export function imagePath(id) {
  return `/v1/images/${encodeURIComponent(id).replaceAll("%3A", ":")}`;
}

/** A text as a string of Terraform's language: quotes, control characters and templates escaped. */
export function hcl(text) {
  const escaped = text
    .replaceAll("\\", "\\\\").replaceAll('"', '\\"').replaceAll("\n", "\\n").replaceAll("\r", "\\r")
    .replaceAll("\t", "\\t").replaceAll("${", "$${").replaceAll("%{", "%%{")
    .replace(/[\u0000-\u001f\u007f]/g, (one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, "0")}`);
  return `"${escaped}"`;
}

function label(image) {
  const words = [image.os.distribution ?? image.name, image.os.version ?? ""].join("_").toLowerCase();
  const name = words.replace(/[^a-z0-9]+/g, "_").replace(/^_+|_+$/g, "").slice(0, 40);
  return /^[a-z]/.test(name) ? name : "image";
}

function block(kind, image, lines) {
  const width = Math.max(...lines.map(([key]) => key.length));
  const body = lines.map(([key, value]) => `  ${key.padEnd(width)} = ${value}`).join("\n");
  return `data "${kind}" "${label(image)}" {\n${body}\n}\n`;
}

/** Data sources of the providers' own Terraform plugins; a provider without one is not in here. */
const sources = {
  "huawei-ims": (image) => {
    const visibility = { public: "public", private: "private", shared: "shared", marketplace: "market" };
    const known = image.visibility ? [["visibility", hcl(visibility[image.visibility])]] : [];
    return `# This data source finds by name; the id today is ${image.native_id.replace(/[^\x21-\x7e]/g, "?")}.\n` + block(
      "huaweicloud_images_image", image,
      [["region", hcl(image.region)], ["name", hcl(image.name)], ...known, ["most_recent", "true"]],
    );
  },
  "tencent-cvm": (image) => block("tencentcloud_images", image, [["image_id", hcl(image.native_id)]])
    + `# in the provider's region ${image.region.replace(/[^\x21-\x7e]/g, "?")}; images[0] of it\n`,
  zenlayer: (image) => block(
    "zenlayercloud_images", image,
    [["availability_zone", hcl(image.region)], ["image_id", hcl(image.native_id)]],
  ),
};

/** A data source for the image; null where its provider has none. */
export function terraform(image) {
  return sources[image.provider]?.(image) ?? null;
}
