import { existsSync } from "node:fs";
import path from "node:path";
import { ROOT } from "./project.ts";
import { describeUnless } from "./skipped.ts";

/**
 * A describe that needs a large part of tools/optional, which `npm test` does not download: where it is not installed, the
 * tests are skipped, with a line; in CI they install it. Parts of a few megabytes are installed by their tests everywhere.
 *
 * @param part its folder: "cdktf-cli"
 */
export function describeWithPart(part: string, title: string, tests: () => void): void {
  const record = path.join(ROOT, "tools/optional", part, "node_modules/.package-lock.json");
  const missing = existsSync(record)
    ? []
    : [`needs ${part}, which is not installed: npm run part -- ${part}`];
  describeUnless(missing, title, tests);
}
