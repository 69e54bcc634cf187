import path from "node:path";
import type { OwnStacks } from "../stacks/own-stacks.ts";

/** A project: the folder that holds environments/ and main.ts, and what its main.ts adds to the platform. */
export interface Project extends OwnStacks {
  /** Absolute path of the folder: `import.meta.dirname` of main.ts. */
  readonly folder: string;
}

let current: Project | undefined;

/** Declares the project that the commands of this process work on; the package's own files are never looked for in it. */
export function openProject(project: Project): void {
  current = { ...project, folder: path.resolve(project.folder) };
}

/** The project that the commands of this process work on. */
export function project(): Project {
  if (current === undefined) throw new Error("No project is open: commands are started by run().");
  return current;
}

/** Folder of the project's environment files. */
export const environmentsFolder = (): string => path.join(project().folder, "environments");
