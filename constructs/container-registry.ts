import { ArtifactRegistryRepository } from "@cdktf/provider-google/lib/artifact-registry-repository/index.js";
import type { Construct } from "constructs";
import { AssertedConstruct } from "../assertions/asserted-construct.ts";

export interface ContainerRegistryProps {
  readonly name: string;
  readonly region: string;
}

/** Docker repository of the services' images. Tags are immutable; services name digests nevertheless. */
export class ContainerRegistry extends AssertedConstruct {
  readonly resource: ArtifactRegistryRepository;

  constructor(scope: Construct, id: string, props: ContainerRegistryProps) {
    super(scope, id);
    this.resource = new ArtifactRegistryRepository(this, "Resource", {
      repositoryId: props.name,
      location: props.region,
      format: "DOCKER",
      dockerConfig: { immutableTags: true },
    });
  }
}
