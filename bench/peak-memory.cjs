/** Loaded with --require: says at the end, on file descriptor 3, how much memory the process had at its peak (KiB). */
const { writeSync } = require("node:fs");

process.on("exit", () => writeSync(3, String(process.resourceUsage().maxRSS)));
