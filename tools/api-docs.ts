/** Writes docs/api/, the reference of what the package exports, from the doc comments; git does not keep it. */
import { registerHooks } from "node:module";
import path from "node:path";
import process from "node:process";

const root = path.dirname(import.meta.dirname);

// TypeDoc needs the API of a TypeScript that is written in JavaScript.
registerHooks({
  resolve: (specifier, context, next) =>
    next(specifier === "typescript" ? "typescript5" : specifier, context),
});

const { Application } = await import("typedoc");
const app = await Application.bootstrap({
  entryPoints: ["index.ts", "stacks/index.ts", "constructs/**/*.ts"].map((file) => path.join(root, file)),
  tsconfig: path.join(root, "tsconfig.json"),
  out: path.join(root, "docs/api"),
  name: "single-source-platform",
  readme: "none",
  excludePrivate: true,
  excludeExternals: true,
  disableSources: true,
  skipErrorChecking: true,
  validation: {
    notExported: false,
    invalidLink: true,
    rewrittenLink: true,
    notDocumented: false,
    unusedMergeModuleWith: true,
  },
  treatWarningsAsErrors: true,
});
const project = await app.convert();
if (project !== undefined) {
  app.validate(project);
  await app.generateOutputs(project);
}
process.exitCode = project === undefined || app.logger.hasErrors() || app.logger.hasWarnings() ? 1 : 0;
