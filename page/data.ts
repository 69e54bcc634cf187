/** What is embedded into a page as JSON, for the program in it. Types only: the program and its writers share them. */
import type { MeshEnvironment } from "../platform/schema/mesh.ts";
import type { AttributeChange, Review, ReviewedChange } from "../review/review.ts";
import type { Waiver } from "../rules/waivers.ts";
import type { Range } from "../values/ranges.ts";

/** A box of the topology, placed. Coordinates are CSS pixels at a scale of 1, the origin at the top left. */
export interface PictureNode {
  readonly id: string;
  readonly layer: string;
  /** Lines of the box, the first one its name, shortened to fit. */
  readonly lines: readonly string[];
  /** The name in full. */
  readonly title: string;
  /** "Cloud Run service". */
  readonly kind: string;
  /** Terraform address; "" where no stack or file defines it. */
  readonly address: string;
  /** Stack or file that defines it. */
  readonly origin: string;
  /** Its sizes as Terraform names them, with their units: ["scaling.max_instance_count", "20 instances"]. */
  readonly sizes: readonly (readonly [string, string])[];
  /** Of a review: what the plans do to it; undefined where it stays as it is. */
  readonly change?: PictureChange;
  /** Center of the box. */
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface PictureChange {
  readonly action: "create" | "update" | "replace" | "destroy";
  /** The impact on users and traffic, one sentence each. */
  readonly impact: readonly string[];
  readonly attributes: readonly Pick<AttributeChange, "path" | "before" | "after" | "forcesReplacement">[];
}

export interface PictureEdge {
  readonly from: string;
  readonly to: string;
  /** How `from` reaches or names `to`: "POSTGRES_HOST", "socket"; empty for a plain reference. */
  readonly labels: readonly string[];
  /** Of a review: whether the plans add or remove it. */
  readonly change?: "added" | "removed";
  /** Path data of SVG, and the point that the arrow ends at. */
  readonly path: string;
}

/** Background of the boxes of one layer. */
export interface PictureLayer {
  readonly title: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface Picture {
  readonly width: number;
  readonly height: number;
  readonly layers: readonly PictureLayer[];
  readonly nodes: readonly PictureNode[];
  readonly edges: readonly PictureEdge[];
}

/** A finding as the page shows it. */
export interface PageFinding {
  readonly rule: string;
  readonly severity: "error" | "warning" | "unknown";
  readonly address: string;
  /** Stack, or file with line. */
  readonly origin: string;
  readonly message: string;
  readonly fix: string;
  readonly source: string;
  /** Set where a waiver accepts it. */
  readonly waiver?: Pick<Waiver, "reason" | "expires">;
  /** Of a review: new with the plans, or there before them. */
  readonly since?: "new" | "existing";
}

interface CommonData {
  /** YYYY-MM-DD, against which waivers expire. */
  readonly today: string;
  readonly picture: Picture;
  readonly findings: readonly PageFinding[];
  /** How many resources the rules read. */
  readonly resources: number;
}

/** The page of an environment on Cloud Run. */
export interface EnvironmentData extends CommonData {
  readonly kind: "environment";
  readonly name: string;
  /** The settings with defaults filled in, in the form of the environment file. */
  readonly input: Readonly<Record<string, unknown>>;
  /** The durations that the file writes in minutes: "requestTimeout: 60". */
  readonly minutes: readonly string[];
}

/** The page of an environment behind Istio. Its objects are Kubernetes', which no topology draws. */
export interface MeshData extends Omit<CommonData, "picture"> {
  readonly kind: "mesh";
  readonly name: string;
  readonly environment: MeshEnvironment;
}

/** The page of a review of plans. */
export interface ReviewData extends CommonData {
  readonly kind: "review";
  readonly name: string;
  readonly verdict: Review["verdict"];
  readonly reasons: Review["reasons"];
  readonly planWarnings: Review["planWarnings"];
  readonly stacks: readonly ReviewedStack[];
  readonly destructive: Review["destructive"];
  readonly budgets: Review["budgets"];
}

export interface ReviewedStack {
  readonly name: string;
  readonly failure?: string;
  readonly changes: readonly Pick<ReviewedChange, "address" | "action" | "impact">[];
  readonly unchanged: number;
  /** The changes as Terraform would print them. */
  readonly plan: readonly string[];
}

/** A range and what has it: "subnet main". */
export interface OwnedRange {
  readonly owner: string;
  readonly range: Range;
}

/** The ranges of one VPC network, lowest first. */
export interface NetworkRanges {
  readonly name: string;
  readonly ranges: readonly OwnedRange[];
}

/** The page of a verification. */
export interface VerificationData extends CommonData {
  readonly kind: "verification";
  /** What was read, as the user named it. */
  readonly name: string;
  /** What was not read or not checked to its end, and what was assumed, one sentence each. */
  readonly gaveUp: readonly string[];
  readonly unread: readonly string[];
  readonly notes: readonly string[];
  readonly budgets: Review["budgets"];
  readonly networks: readonly NetworkRanges[];
}

export type PageData = EnvironmentData | MeshData | ReviewData | VerificationData;
