import type { ResourceType } from "../resource-type.ts";

const deleteImpact: ResourceType["deleteImpact"] = {
  destroyed:
    "all images in it are deleted: no service can start another instance, and there is nothing to roll back to",
  holdsData: true,
};

/** Image registries. */
export const artifactRegistryRepository: readonly ResourceType[] = [
  {
    type: "google_artifact_registry_repository",
    label: "image registry",
    nameAttribute: "repository_id",
    importId: "projects/{project}/locations/{region}/repositories/{name}",
    requiredRole: "roles/artifactregistry.admin",
    deleteImpact,
  },
  { type: "google_container_registry", label: "image registry", deleteImpact },
];
