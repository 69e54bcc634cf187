import { expect, test } from "@jest/globals";
import { Testing } from "cdktf";
import "single-source-platform/testing/jest-globals";
import { Template } from "single-source-platform/testing";
import { NetworkStack } from "./network-stack";

test("the network and its connector are as we want them", () => {
  const template = Template.fromStack(new NetworkStack(Testing.app(), "network"));
  template.resourceCountIs("google_compute_network", 1);
  template.hasResourceProperties("google_vpc_access_connector", { min_instances: 2, max_instances: 10 });
});

test("the rules hold", () => {
  expect(new NetworkStack(Testing.app(), "network")).toHoldRules();
});

test("a connector of 15 instances is refused", () => {
  const stack = new NetworkStack(Testing.app(), "network", 15);
  expect(stack).toHaveFinding("capacity/connector-instances", "network/connector");
});
