import process from "node:process";
import pc from "picocolors";

/** Colours on a terminal that takes them; plain text in a pipe, a file and in CI. */
export const colors = pc.createColors(process.stdout.isTTY === true && pc.isColorSupported);
