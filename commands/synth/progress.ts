import process from "node:process";

/** What a command is about to do, in one line of the terminal that the next one replaces; without a terminal nothing. */
export interface ProgressLine {
  show(step: string): void;
  /** Takes the line away; before anything else is printed. */
  clear(): void;
}

export function progressLine(): ProgressLine {
  const isLive = process.stderr.isTTY === true && process.env.CI === undefined;
  const write = (text: string): void => {
    if (isLive) process.stderr.write(`\r\u001b[2K${text}`);
  };
  return { show: (step) => write(`${step} ...`), clear: () => write("") };
}
