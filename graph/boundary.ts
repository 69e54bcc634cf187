import { existsSync, realpathSync } from "node:fs";
import { dirname, isAbsolute, relative, resolve, sep } from "node:path";
import { InputError } from "./input-error.ts";

/**
 * The input may be a pull request from a fork: a link in it must not lead to what the machine holds in addition, such as
 * credentials. What is read is below the repository, or outside of one below the folder that holds it; never below `.git`,
 * where a checkout keeps its token.
 *
 * @param folder that the path is found in, as written
 * @returns the path with all links resolved
 * @throws InputError where it leads elsewhere
 */
export function withinBoundary(path: string, folder: string): string {
  const boundary = repositoryOf(folder) ?? resolve(folder);
  const real = realpathSync(path);
  if (!isBelow(real, realpathSync(boundary)))
    throw new InputError(`${path} leads out of ${boundary} and was not read: name the file itself instead.`);
  if (isInGit(real)) throw new InputError(`${path} belongs to the repository's .git and was not read.`);
  return real;
}

/** The nearest folder upwards that is a repository; undefined where there is none. */
export function repositoryOf(folder: string): string | undefined {
  const repositories = upwards(resolve(folder)).filter((each) => existsSync(resolve(each, ".git")));
  const [nearest, ...outer] = repositories;
  if (nearest === undefined) return undefined;
  // A link to another repository leaves the one that holds the link.
  return outer.find((each) => !isBelow(realpathSync(nearest), realpathSync(each))) ?? nearest;
}

export function isBelow(path: string, folder: string): boolean {
  const inside = relative(folder, path);
  return inside !== ".." && !inside.startsWith(`..${sep}`) && !isAbsolute(inside);
}

function isInGit(path: string): boolean {
  return path.split(sep).some((name) => name.toLowerCase() === ".git");
}

function upwards(folder: string): string[] {
  const parent = dirname(folder);
  return parent === folder ? [folder] : [folder, ...upwards(parent)];
}
