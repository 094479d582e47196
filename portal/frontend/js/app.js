// Loaded on every page. Every part improves something that already works without it.
import htmx from "htmx.org";

import { attachCounters } from "./parts/counters.js";
import { attachCrops } from "./parts/crops.js";
import { attachDrafts, forgetSavedDraft } from "./parts/drafts.js";
import { attachEditors } from "./parts/editors.js";
import { attachGalleries } from "./parts/gallery.js";
import { listenForMap } from "./parts/map.js";
import { listenForMenus } from "./parts/menus.js";
import { focusErrors, listenForPageActions, showCurrentTabs } from "./parts/page.js";
import { attachPasskeys } from "./parts/passkeys.js";
import { attachSortables } from "./parts/sortables.js";
import { listenForTheme } from "./parts/theme.js";
import { attachUploads } from "./parts/uploads.js";

htmx.config.allowEval = false;
htmx.config.includeIndicatorStyles = false;
htmx.config.historyCacheSize = 0;

document.addEventListener("htmx:configRequest", (event) => {
  const token = document.querySelector("input[name=csrf_token]");
  if (token) event.detail.headers["X-CSRFToken"] = token.value;
});

function attach(root) {
  attachCounters(root);
  attachCrops(root);
  attachEditors(root);
  attachDrafts(root);
  attachGalleries(root);
  attachPasskeys(root);
  attachSortables(root);
  attachUploads(root);
  focusErrors(root);
}

listenForTheme();
listenForMenus();
listenForMap();
listenForPageActions();
showCurrentTabs();
forgetSavedDraft();
attach(document);
// htmx reports the whole body first; only what arrives later is new here.
document.addEventListener("htmx:load", (event) => event.detail.elt !== document.body && attach(event.detail.elt));
