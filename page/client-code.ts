import { readFileSync } from "node:fs";
import path from "node:path";
import type { BuildOptions } from "esbuild";
import { cachedBundle } from "../bundles/cached-bundle.ts";
import type { ClientCode } from "./html.ts";

/** How the program of pages is bundled. */
export const clientBuild = {
  entryPoints: ["page/client/main.tsx"],
  bundle: true,
  minify: true,
  platform: "browser",
  target: "es2022",
  format: "iife",
  jsx: "automatic",
  jsxImportSource: "preact",
  legalComments: "none",
  plugins: [
    {
      // Messages of values are the environment schema's own: of zod's fifty languages one is enough.
      name: "one language of zod",
      setup: ({ onResolve, resolve }) =>
        onResolve({ filter: /^\.\.\/locales\/index\.js$/ }, ({ kind, resolveDir }) =>
          resolve("../locales/en.js", { kind, resolveDir }),
        ),
    },
  ],
} satisfies BuildOptions;

/** Where the package ships the program, next to the file that reads it. */
export const PACKED_CODE = "page.json";

/** The program and the style of pages: those of the package, or bundled where a source has changed since the last time. */
export async function clientCode(): Promise<ClientCode> {
  return packedCode() ?? codeOf(await cachedBundle("page", import.meta.filename, clientBuild));
}

/** @param outputs of the bundle, by extension */
export function codeOf(outputs: Readonly<Record<string, string>>): ClientCode {
  return { script: outputs[".js"] ?? "", style: outputs[".css"] ?? "" };
}

function packedCode(): ClientCode | undefined {
  try {
    return JSON.parse(readFileSync(path.join(import.meta.dirname, PACKED_CODE), "utf8"));
  } catch {
    return undefined;
  }
}
