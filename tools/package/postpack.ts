import process from "node:process";
import { restoreReadme } from "./readme.ts";

restoreReadme(process.cwd());
