import { SecretManagerSecret } from "@cdktf/provider-google/lib/secret-manager-secret/index.js";
import { SecretManagerSecretIamMember } from "@cdktf/provider-google/lib/secret-manager-secret-iam-member/index.js";
import type { Construct } from "constructs";
import { AssertedConstruct } from "../assertions/asserted-construct.ts";
import { protectedFromDestroy } from "./protection.ts";

export interface SecretProps {
  /** Secret id. */
  readonly name: string;
  /** Who may read its value: label -> e-mail of a service account. @default nobody */
  readonly readers?: Readonly<Record<string, string>>;
  /** Terraform refuses to delete it. @default false */
  readonly protection?: boolean;
}

/**
 * A secret without a value: a person adds versions, so that no value is ever in code or state. Access is granted on
 * this secret only.
 *
 *     reader (service account) -> secretAccessor -> secret <- version (by hand)
 */
export class Secret extends AssertedConstruct {
  readonly resource: SecretManagerSecret;

  constructor(scope: Construct, id: string, props: SecretProps) {
    super(scope, id);
    this.resource = new SecretManagerSecret(this, "Resource", {
      secretId: props.name,
      replication: { auto: {} },
      ...protectedFromDestroy(props.protection),
    });
    for (const [label, email] of this.entries("readers", props.readers ?? {})) {
      new SecretManagerSecretIamMember(this, `Reader-${label}`, {
        secretId: this.resource.secretId,
        role: "roles/secretmanager.secretAccessor",
        member: `serviceAccount:${email}`,
      });
    }
  }
}
