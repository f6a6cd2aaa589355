#include "CWebAssets.h"

// C23 has #embed; the package is gnu17, where clang takes it as an extension and says so.
#pragma clang diagnostic ignored "-Wc23-extensions"

static const unsigned char explorer_html[] = {
#embed "Assets/explorer.html"
};
static const unsigned char docs_html[] = {
#embed "Assets/docs.html"
};
static const unsigned char base_css[] = {
#embed "Assets/base.css"
};
static const unsigned char explorer_css[] = {
#embed "Assets/explorer.css"
};
static const unsigned char docs_css[] = {
#embed "Assets/docs.css"
};
static const unsigned char address_js[] = {
#embed "Assets/address.js"
};
static const unsigned char client_js[] = {
#embed "Assets/client.js"
};
static const unsigned char detail_js[] = {
#embed "Assets/detail.js"
};
static const unsigned char docs_js[] = {
#embed "Assets/docs.js"
};
static const unsigned char dom_js[] = {
#embed "Assets/dom.js"
};
static const unsigned char explorer_js[] = {
#embed "Assets/explorer.js"
};
static const unsigned char facets_js[] = {
#embed "Assets/facets.js"
};
static const unsigned char json_js[] = {
#embed "Assets/json.js"
};
static const unsigned char keyring_js[] = {
#embed "Assets/keyring.js"
};
static const unsigned char listing_js[] = {
#embed "Assets/listing.js"
};
static const unsigned char notices_js[] = {
#embed "Assets/notices.js"
};
static const unsigned char prose_js[] = {
#embed "Assets/prose.js"
};
static const unsigned char snippets_js[] = {
#embed "Assets/snippets.js"
};
static const unsigned char table_js[] = {
#embed "Assets/table.js"
};
static const unsigned char trial_js[] = {
#embed "Assets/trial.js"
};
static const unsigned char view_js[] = {
#embed "Assets/view.js"
};

#define ASSET(name, bytes) {name, bytes, sizeof(bytes)}

static const web_asset assets[] = {
    ASSET("explorer.html", explorer_html),
    ASSET("docs.html", docs_html),
    ASSET("base.css", base_css),
    ASSET("explorer.css", explorer_css),
    ASSET("docs.css", docs_css),
    ASSET("address.js", address_js),
    ASSET("client.js", client_js),
    ASSET("detail.js", detail_js),
    ASSET("docs.js", docs_js),
    ASSET("dom.js", dom_js),
    ASSET("explorer.js", explorer_js),
    ASSET("facets.js", facets_js),
    ASSET("json.js", json_js),
    ASSET("keyring.js", keyring_js),
    ASSET("listing.js", listing_js),
    ASSET("notices.js", notices_js),
    ASSET("prose.js", prose_js),
    ASSET("snippets.js", snippets_js),
    ASSET("table.js", table_js),
    ASSET("trial.js", trial_js),
    ASSET("view.js", view_js),
};

size_t web_asset_count(void) {
    return sizeof(assets) / sizeof(assets[0]);
}

const web_asset *web_asset_at(size_t index) {
    return index < web_asset_count() ? &assets[index] : NULL;
}
