import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { unwritable } from "../../platform/unwritable.ts";
import { UserError } from "../../platform/user-error.ts";

/**
 * Writes new files below a folder.
 *
 * @param existingFix "overwrite" those that exist, or what a person does about them
 * @returns the paths of those that were overwritten
 * @throws UserError where some exist and may not be overwritten, all of them named, or where one cannot be written; nothing is
 * written in the first case
 */
export function writeFiles(
  folder: string,
  files: Readonly<Record<string, string>>,
  existingFix: string,
): readonly string[] {
  const existing = Object.keys(files).filter((file) => existsSync(path.join(folder, file)));
  if (existing.length > 0 && existingFix !== "overwrite")
    throw new UserError(
      `Nothing was written, because ${existing.length === 1 ? "this file exists" : "these files exist"}: ${existing.join(", ")}. ${existingFix}`,
    );
  for (const [name, text] of Object.entries(files)) {
    const file = path.join(folder, name);
    try {
      mkdirSync(path.dirname(file), { recursive: true });
      writeFileSync(file, text);
    } catch (error) {
      throw unwritable(`file ${file}`, error, "choose another folder, or fix its permissions");
    }
  }
  return existing;
}
