import { existsSync, statSync } from "node:fs";
import path from "node:path";

/**
 * Turns origins of the graph into files relative to the current folder ("infra/main.tf:12").
 * An origin that is no file (a module of a plan, a stack) becomes the file that it was read from.
 */
export function sourceLocations(paths: readonly string[], cwd: string): (origin: string) => string {
  const known = new Map<string, string>();
  return (origin) => {
    const found = known.get(origin) ?? locate(origin, paths, cwd);
    known.set(origin, found);
    return found;
  };
}

function locate(origin: string, paths: readonly string[], cwd: string): string {
  const [, name = origin, line = ""] = /^(.*?)(:\d+)?$/s.exec(origin) ?? [];
  const absolute = paths.map((given) => path.resolve(cwd, given));
  const candidates = absolute.flatMap((given) =>
    isFolder(given)
      ? [path.join(given, name), path.join(given, "stacks", name, "cdk.tf.json")]
      : [path.join(path.dirname(given), name), given],
  );
  const file = [path.resolve(cwd, name), ...candidates].find(isFile) ?? absolute[0] ?? cwd;
  const relative = path.relative(cwd, file);
  return `${relative.split(path.sep).join("/")}${line}`;
}

function isFolder(file: string): boolean {
  return statSync(file, { throwIfNoEntry: false })?.isDirectory() === true;
}

function isFile(file: string): boolean {
  return existsSync(file) && !isFolder(file);
}
