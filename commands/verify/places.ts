import { existsSync, statSync } from "node:fs";
import path from "node:path";

/**
 * Turns origins, as the graph tells them, into files relative to the current folder ("infra/main.tf:12").
 * What is no file itself (a module of a plan, a stack) leads to the file that it was read from.
 */
export function placesOf(paths: readonly string[], cwd: string): (origin: string) => string {
  const known = new Map<string, string>();
  return (origin) => {
    const found = known.get(origin) ?? place(origin, paths, cwd);
    known.set(origin, found);
    return found;
  };
}

function place(origin: string, paths: readonly string[], cwd: string): string {
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
