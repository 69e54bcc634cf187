import { ComputeSecurityPolicy } from "@cdktf/provider-google/lib/compute-security-policy/index.js";
import { ComputeSecurityPolicyRuleA } from "@cdktf/provider-google/lib/compute-security-policy-rule/index.js";
import { Op, Token } from "cdktf";
import type { Construct } from "constructs";
import { AssertedConstruct } from "../../assertions/asserted-construct.ts";
import { choice } from "../../resources/index.ts";

export interface CloudArmorPolicyProps {
  readonly name: string;
  /** Requests per minute from one address before it gets 429. */
  readonly requestsPerMinute: number;
  /** "preview" only logs what the WAF rules match. */
  readonly firewall: "enforce" | "preview";
}

/** Google's preconfigured rule sets at sensitivity 1, the level with the fewest false positives. */
const RULE_SETS = ["sqli-v33-stable", "xss-v33-stable", "rce-v33-stable"] as const;

/**
 * Cloud Armor: a rate limit for each client address, and Google's preconfigured WAF rules. It is effective because
 * the ingress setting of the services rejects requests that bypass the load balancer.
 *
 *     rules -> security policy -> backend service
 */
export class CloudArmorPolicy extends AssertedConstruct {
  readonly resource: ComputeSecurityPolicy;

  constructor(scope: Construct, id: string, props: CloudArmorPolicyProps) {
    super(scope, id);
    this.holds(
      choice("firewall", ["enforce", "preview"], {
        outcome: "fails at run time",
        because: 'any other word would be taken for "enforce"',
      }),
      {
        firewall: props.firewall,
      },
    );
    this.resource = new ComputeSecurityPolicy(this, "Resource", {
      name: props.name,
      type: "CLOUD_ARMOR",
      adaptiveProtectionConfig: { layer7DdosDefenseConfig: { enable: true } },
    });
    const preview = Token.isUnresolved(props.firewall)
      ? Op.eq(props.firewall, "preview")
      : props.firewall === "preview";
    RULE_SETS.forEach((ruleSet, index) => {
      new ComputeSecurityPolicyRuleA(this, `Firewall-${ruleSet}`, {
        securityPolicy: this.resource.name,
        priority: 1000 + index * 100,
        description: ruleSet,
        action: "deny(403)",
        preview,
        match: { expr: { expression: `evaluatePreconfiguredWaf('${ruleSet}', {'sensitivity': 1})` } },
      });
    });
    new ComputeSecurityPolicyRuleA(this, "RateLimit", {
      securityPolicy: this.resource.name,
      priority: 2000,
      description: "rate limit for each client address",
      action: "throttle",
      match: { versionedExpr: "SRC_IPS_V1", config: { srcIpRanges: ["*"] } },
      rateLimitOptions: {
        conformAction: "allow",
        exceedAction: "deny(429)",
        enforceOnKey: "IP",
        rateLimitThreshold: { count: props.requestsPerMinute, intervalSec: 60 },
      },
    });
  }
}
