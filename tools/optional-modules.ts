import { spawnSync } from "node:child_process";
import path from "node:path";
import process from "node:process";

/** This file is CommonJS in tests. */
const tools = import.meta.dirname ?? __dirname;

/**
 * The node_modules of a part of tools/optional; what is missing there is installed first.
 *
 * @param part its folder: "api-docs"
 */
export function optionalModules(part: string): string {
  const { status, stdout, stderr } = spawnSync(process.execPath, [path.join(tools, "optional.mjs"), part], {
    encoding: "utf8",
  });
  if (status !== 0) throw new Error(stderr);
  return stdout.trim();
}
