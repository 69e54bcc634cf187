import type { ResourceType } from "../resource-type.ts";

const deleteImpact: ResourceType["deleteImpact"] = { destroyed: "everything in it is deleted" };

/** Projects and folders. */
export const projects: readonly ResourceType[] = [
  {
    type: "google_project",
    label: "project",
    nameAttribute: "project_id",
    derived: { project_id: "{project}" },
    deleteImpact,
  },
  { type: "google_folder", label: "project", deleteImpact },
];
