import { registerHooks } from "node:module";
import path from "node:path";

const root = path.dirname(import.meta.dirname);

/**
 * Writes the reference of what the package exports, from the doc comments.
 *
 * @param folder where it goes, relative to the repository
 * @returns whether it was written without a warning, for example about a link that leads nowhere; they are printed
 */
export async function writeApiReference(folder: string): Promise<boolean> {
  // TypeDoc needs the API of a TypeScript that is written in JavaScript.
  const hooks = registerHooks({
    resolve: (specifier, context, next) =>
      next(specifier === "typescript" ? "typescript5" : specifier, context),
  });
  const { Application } = await import("typedoc");
  const app = await Application.bootstrap({
    entryPoints: [
      "index.ts",
      "stacks/index.ts",
      "assertions/index.ts",
      "testing/index.ts",
      "constructs/**/*.ts",
    ].map((file) => path.join(root, file)),
    tsconfig: path.join(root, "tsconfig.json"),
    out: path.resolve(root, folder),
    name: "single-source-platform",
    readme: "none",
    excludePrivate: true,
    excludeExternals: true,
    disableSources: true,
    // A step of its own, with another TypeScript.
    skipErrorChecking: true,
    // Types that only appear in the signatures of others are described there.
    validation: { notExported: false, invalidLink: true, rewrittenLink: true, notDocumented: false },
    logLevel: "Warn",
  });
  const project = await app.convert();
  hooks.deregister();
  if (project === undefined) return false;
  app.validate(project);
  await app.generateOutputs(project);
  return !app.logger.hasErrors() && !app.logger.hasWarnings();
}
