import path from "node:path";
import { unwritable } from "../../platform/unwritable.ts";
import { publish } from "../../synthesis/publish.ts";
import { writeProviderInstallation } from "../../terraform/provider-installation.ts";
import { unlockedProviders, writeProviderLock } from "../../terraform/provider-locks.ts";
import { stackFolders } from "../../terraform/stack-folders.ts";

/**
 * Replaces the previous output, with a lock file in each stack's folder and the CLI configuration that keeps Terraform to
 * the providers of the code: for a plain `cdktf deploy`, as an owner applies the delivery stack.
 *
 * @param project folder of the project, which may hold a lock file of the team
 * @returns which providers have no checksums that are checked in, one sentence each
 */
export function publishWithLocks(
  from: string,
  to: string,
  isOurs: (stack: string) => boolean,
  project: string,
): string[] {
  publish(from, to, isOurs);
  try {
    const folders = stackFolders(path.resolve(to), isOurs).map(({ folder }) => folder);
    for (const folder of folders) writeProviderLock(folder, project);
    writeProviderInstallation(to);
    return [...new Set(folders.flatMap((folder) => unlockedProviders(folder, project)))];
  } catch (error) {
    throw unwritable(`output folder ${to}`, error, "choose another with --output, or fix its permissions");
  }
}
