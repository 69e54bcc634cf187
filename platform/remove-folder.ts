import { rmSync } from "node:fs";

/** Attempts, and the milliseconds between two of them. */
const ATTEMPTS = 20;
const PAUSE_MS = 50;

/**
 * Removes a folder into which another process may still write, such as the Terraform of a run that was killed. A file that is
 * written between listing and removing ends `rmSync` with ENOTEMPTY, and its `maxRetries` does not list again.
 *
 * @throws the file system's error where it still cannot be removed after a second
 */
export function removeFolder(folder: string): void {
  for (let attempt = 1; ; attempt++) {
    try {
      rmSync(folder, { recursive: true, force: true });
      return;
    } catch (error) {
      if (attempt === ATTEMPTS) throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, PAUSE_MS);
    }
  }
}
