import process from "node:process";
import { createInterface } from "node:readline/promises";

/** Asks on the terminal for the environment's name, which is not typed by accident; any other answer is a no. */
export async function confirmed(environment: string): Promise<boolean> {
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  const stopped = new AbortController();
  // Ctrl-C and the end of the input are a no.
  terminal.once("SIGINT", () => stopped.abort());
  terminal.once("close", () => stopped.abort());
  try {
    const answer = await terminal.question(
      `Apply exactly these plans? Type the name of the environment (${environment}) to continue: `,
      { signal: stopped.signal },
    );
    return answer.trim() === environment;
  } catch {
    console.log("");
    return false;
  } finally {
    terminal.close();
  }
}
