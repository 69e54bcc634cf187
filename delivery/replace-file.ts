import { closeSync, fsyncSync, openSync, renameSync, writeSync } from "node:fs";

/** Writes a file, readable for its owner alone: a crash leaves the old one or the new one, never half of one. */
export function replaceFile(file: string, text: string): void {
  const descriptor = openSync(`${file}.pending`, "w", 0o600);
  try {
    writeSync(descriptor, text);
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
  renameSync(`${file}.pending`, file);
}
