// Builds every browser asset; run it from anywhere: `node portal/frontend/build.mjs`.
// The core's bundles go to portal/static/build, those of a plugin to plugins/<id>/static/build.
// Built names carry a hash of their content; manifest.json maps "app.css" to "app-XXXXXXXX.css".
import { createHash } from "node:crypto";
import { existsSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

import * as esbuild from "esbuild";
import * as sass from "sass";

const FRONTEND = dirname(fileURLToPath(import.meta.url));
const CHECKOUT = join(FRONTEND, "..", "..");
const PLUGINS = join(CHECKOUT, "plugins");
const ICONS = join(dirname(createRequire(import.meta.url).resolve("bootstrap-icons/package.json")), "icons");

const scss = {
  name: "scss",
  setup(build) {
    build.onLoad({ filter: /\.scss$/ }, ({ path }) => ({
      contents: compileScss(path),
      loader: "css",
      resolveDir: CHECKOUT,
    }));
  },
};

function compileScss(path) {
  return sass.compile(path, {
    importers: [new sass.NodePackageImporter(FRONTEND)],
    quietDeps: true,
    // Bootstrap 5.3 is still written with these; its own sources are the only place that uses them.
    silenceDeprecations: ["import", "global-builtin", "color-functions", "if-function"],
  }).css;
}

async function bundle(entryPoints, folder) {
  const result = await esbuild.build({
    entryPoints,
    outdir: folder,
    entryNames: "[name]-[hash]",
    assetNames: "[name]-[hash]",
    chunkNames: "part-[hash]",
    splitting: true,
    bundle: true,
    minify: true,
    format: "esm",
    target: ["es2022", "chrome111", "firefox115", "safari16.4"],
    loader: { ".woff2": "file" },
    legalComments: "linked",
    logLevel: "warning",
    metafile: true,
    plugins: [scss],
  });
  return result.metafile.outputs;
}

function manifestOf(outputs) {
  const manifest = {};
  for (const [path, output] of Object.entries(outputs)) {
    const source = output.entryPoint ?? (/\.(js|css|txt)$/.test(path) ? null : Object.keys(output.inputs)[0]);
    if (source) manifest[basename(source).replace(/\.scss$/, ".css")] = basename(path);
  }
  return manifest;
}

function spriteOf(names) {
  const symbols = [...names].sort().map(symbolOf).join("");
  return `<svg xmlns="http://www.w3.org/2000/svg">${symbols}</svg>`;
}

function writeHashed(folder, name, content) {
  const hash = createHash("sha256").update(content).digest("hex").slice(0, 8).toUpperCase();
  const hashed = name.replace(".", `-${hash}.`);
  writeFileSync(join(folder, hashed), content);
  return { [name]: hashed };
}

function writePictures(folder) {
  const favicon = readFileSync(join(FRONTEND, "favicon.svg"), "utf8");
  return { ...writeHashed(folder, "icons.svg", spriteOf(usedIcons())), ...writeHashed(folder, "favicon.svg", favicon) };
}

// Names come from icons.txt, from icon("…") in templates and from icon="…" in templates and Python.
function usedIcons() {
  const names = new Set(readFileSync(join(FRONTEND, "icons.txt"), "utf8").match(/^[a-z0-9-]+/gm));
  for (const file of [...sourcesUnder(join(CHECKOUT, "portal")), ...sourcesUnder(PLUGINS)]) {
    const text = readFileSync(file, "utf8").replaceAll(/\{#[\s\S]*?#\}/g, "");
    for (const match of text.matchAll(/\bicon(?:\(|=)\s*["']([a-z0-9-]+)["']/g)) {
      names.add(match[1]);
    }
  }
  return names;
}

function* sourcesUnder(folder) {
  if (!existsSync(folder)) return;
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory() && !["static", "node_modules", "frontend"].includes(entry.name)) yield* sourcesUnder(path);
    else if (/\.(html|py)$/.test(entry.name)) yield path;
  }
}

function symbolOf(name) {
  const path = join(ICONS, `${name}.svg`);
  if (!existsSync(path)) throw new Error(`No icon is called "${name}": see https://icons.getbootstrap.com for the names.`);
  const [, viewBox, shape] = readFileSync(path, "utf8").match(/viewBox="([^"]+)"[^>]*>([\s\S]*)<\/svg>/);
  return `<symbol id="${name}" viewBox="${viewBox}">${shape.replace(/\s*\n\s*/g, "")}</symbol>`;
}

// Written last, and what an earlier build left goes only then: a server that runs meanwhile always finds its files.
function finish(folder, manifest, outputs) {
  writeFileSync(join(folder, "manifest.json"), JSON.stringify(manifest, Object.keys(manifest).sort(), 2) + "\n");
  const current = new Set(["manifest.json", ...Object.values(manifest), ...outputs.map((path) => basename(path))]);
  for (const name of readdirSync(folder)) if (!current.has(name)) rmSync(join(folder, name), { recursive: true });
}

async function buildCore() {
  const folder = join(CHECKOUT, "portal", "static", "build");
  const entries = ["scss/app.scss", "js/app.js", "js/editor.js"].map((entry) => join(FRONTEND, entry));
  const outputs = await bundle(entries, folder);
  finish(folder, { ...manifestOf(outputs), ...writePictures(folder) }, Object.keys(outputs));
}

async function buildPlugin(id) {
  const sources = join(PLUGINS, id, "frontend");
  const entries = readdirSync(sources).filter((name) => /^[^_].*\.(js|scss)$/.test(name));
  if (!entries.length) return;
  const folder = join(PLUGINS, id, "static", "build");
  const outputs = await bundle(entries.map((name) => join(sources, name)), folder);
  finish(folder, manifestOf(outputs), Object.keys(outputs));
}

function pluginsWithSources() {
  if (!existsSync(PLUGINS)) return [];
  return readdirSync(PLUGINS).filter((id) => existsSync(join(PLUGINS, id, "frontend")));
}

await Promise.all([buildCore(), ...pluginsWithSources().map(buildPlugin)]);
