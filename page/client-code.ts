import { cachedBundle } from "../bundles/cached-bundle.ts";
import type { ClientCode } from "./html.ts";

/** The program and the style of pages, bundled where a source has changed since the last time. */
export async function clientCode(): Promise<ClientCode> {
  const outputs = await cachedBundle("page", import.meta.filename, {
    entryPoints: ["page/client/main.tsx"],
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
  });
  return { script: outputs[".js"] ?? "", style: outputs[".css"] ?? "" };
}
