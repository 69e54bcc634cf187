import { run } from "./commands/run.ts";

await run({ folder: import.meta.dirname });
