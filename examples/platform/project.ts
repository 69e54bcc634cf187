import type { Project } from "single-source-platform";
import { EventsStack } from "./stacks/events-stack.ts";

/** This platform: the environments next to this file, and the stacks of our own. */
export const project: Project = {
  folder: import.meta.dirname,
  ownStacks: (app, plan, platform) => {
    const events = new EventsStack(app, plan);
    platform.services.get("api")?.addDependency(events);
  },
};
