import { run } from "single-source-platform";
import { project } from "./project.ts";

await run(project);
