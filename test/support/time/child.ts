import path from "node:path";

/** Arguments of Node that take time out of a program that a test starts: no-time.mjs. */
export const NO_TIME = ["--import", path.join(__dirname, "no-time.mjs")] as const;
