/**
 * Loaded with --require: says at the end, on file descriptor 3, how much memory the process had at its peak (KiB) and how much
 * time of a processor it used (microseconds).
 */
const { writeSync } = require("node:fs");

process.on("exit", () => {
  const { maxRSS, userCPUTime, systemCPUTime } = process.resourceUsage();
  writeSync(3, `${maxRSS} ${userCPUTime + systemCPUTime}`);
});
