// The address bar holds the view, in the API's own parameters: what follows the question mark of the
// explorer's address also works behind /v1/images.

/** Filters that the explorer shows as chips, whoever wrote them into the address. */
export const filterNames = [
  "os_distribution", "os_version", "os_family", "architecture", "provider", "region", "upstream",
  "visibility", "status", "boot_mode", "name", "id", "tag", "created_after", "created_before",
  "updated_after", "updated_before", "min_disk_gb_max", "min_ram_mb_max",
];

/** Fields with counts, in the order they are shown. */
export const facetNames = [
  "os_distribution", "os_version", "provider", "region", "architecture", "visibility", "status",
  "os_family", "upstream",
];

export const defaultSort = "-created_at";

export function emptyView() {
  return { q: "", filters: new Map(), sort: defaultSort, latest: "", image: "" };
}

/** Reads a view; what it does not know it leaves out, so that any link opens. */
export function readView(search) {
  const view = emptyView();
  for (const [name, value] of new URLSearchParams(search)) {
    if (name === "q") view.q = value;
    else if (name === "sort") view.sort = value || defaultSort;
    else if (name === "latest_by") view.latest = value;
    else if (name === "image") view.image = value;
    else if (filterNames.includes(name)) {
      for (const part of value.split(",")) if (part.trim()) add(view, name, part.trim());
    }
  }
  return view;
}

export function add(view, name, value) {
  const values = view.filters.get(name) ?? [];
  if (!values.includes(value)) view.filters.set(name, [...values, value]);
}

export function remove(view, name, value) {
  const rest = (view.filters.get(name) ?? []).filter((one) => one !== value);
  if (rest.length) view.filters.set(name, rest);
  else view.filters.delete(name);
}

/** Parameters of the question alone, in one order whatever the order of clicks. */
export function question(view, without) {
  const parameters = new URLSearchParams();
  if (view.q.trim()) parameters.set("q", view.q.trim());
  for (const name of filterNames) {
    if (name === without || !view.filters.has(name)) continue;
    parameters.set(name, view.filters.get(name).join(","));
  }
  return parameters;
}

/** Parameters of the list: the question, its order and what is kept of each group. */
export function listParameters(view) {
  const parameters = question(view);
  if (view.sort !== defaultSort) parameters.set("sort", view.sort);
  if (view.latest) parameters.set("latest_by", view.latest);
  return parameters;
}

/** The text behind `/`, with commas and colons left readable. */
export function writeView(view) {
  const parameters = listParameters(view);
  if (view.image) parameters.set("image", view.image);
  return readable(parameters);
}

export function readable(parameters) {
  const text = String(parameters).replaceAll("%2C", ",").replaceAll("%3A", ":");
  return text ? `?${text}` : "";
}
