/**
 * Loaded with --require: says at the end how much memory the process had at its peak (KiB) and how much time of a processor it used
 * (microseconds), on file descriptor 3, or as a line of the file that BENCH_USAGE names, where several processes may say it.
 */
const { appendFileSync, writeSync } = require("node:fs");

process.on("exit", () => {
  const { maxRSS, userCPUTime, systemCPUTime } = process.resourceUsage();
  const line = `${maxRSS} ${userCPUTime + systemCPUTime}`;
  const file = process.env.BENCH_USAGE;
  if (file === undefined) writeSync(3, line);
  else appendFileSync(file, `${line}\n`);
});
