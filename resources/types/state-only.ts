import type { ResourceType } from "../resource-type.ts";

const deleteImpact: ResourceType["deleteImpact"] = {
  safe: "exists in the state only; what follows from it is judged at the resources that read it",
};

/** Resources that exist in the state only. */
export const stateOnly: readonly ResourceType[] = [
  { type: "terraform_data", label: "state value", requiredRole: ["logging.logEntries.list"], deleteImpact },
  { type: "null_resource", label: "state value", deleteImpact },
  { type: "time_sleep", label: "state value", deleteImpact },
  { type: "time_offset", label: "state value", deleteImpact },
  { type: "time_rotating", label: "state value", deleteImpact },
  { type: "local_file", label: "state value", deleteImpact },
  { type: "random_id", label: "state value", deleteImpact },
  { type: "random_string", label: "state value", deleteImpact },
  { type: "random_integer", label: "state value", deleteImpact },
  { type: "random_pet", label: "state value", deleteImpact },
  { type: "random_uuid", label: "state value", deleteImpact },
];
