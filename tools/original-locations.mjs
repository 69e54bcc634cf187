import { existsSync, readFileSync } from "node:fs";
import { SourceMap } from "node:module";
import path from "node:path";

/** Lets stack traces name the lines of sources where code runs from a bundle; the maps are read only where one is asked for. */
export function nameOriginalLocations(root, bundle) {
  const maps = new Map();
  const mapOf = (file) => {
    if (!maps.has(file))
      maps.set(
        file,
        existsSync(`${file}.map`) && new SourceMap(JSON.parse(readFileSync(`${file}.map`, "utf8"))),
      );
    return maps.get(file);
  };
  const original = (location, file, line, column) => {
    const entry = mapOf(path.join(bundle, file))?.findEntry?.(line - 1, column - 1) ?? {};
    if (entry.originalSource === undefined) return location;
    return `${path.join(root, entry.originalSource)}:${entry.originalLine + 1}:${entry.originalColumn + 1}`;
  };
  const escaped = bundle.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&");
  const bundled = new RegExp(`(?:file://)?${escaped}/([^:]+):(\\d+):(\\d+)`, "g");
  Error.prepareStackTrace = (error, frames) =>
    [`${error}`, ...frames.map((frame) => `    at ${frame}`.replace(bundled, original))].join("\n");
}
