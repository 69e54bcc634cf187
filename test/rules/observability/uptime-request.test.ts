import { describe, expect, test } from "@jest/globals";
import { ruleById } from "../../../rules/index.ts";
import { check } from "../support.ts";
import { uptime, uptimeAddress } from "./uptime-fixture.ts";

const uptimeRequest = ruleById("observability/uptime-request");

describe("observability/uptime-request", () => {
  const found = (changes: object) => check(uptimeRequest, uptime(changes));
  const messages = (changes: object) => found(changes).map(({ message }) => message);

  test("a GET holds, with a body it is rejected", () => {
    expect(found({})).toEqual([]);
    expect(found({ http_check: { body: "e30=" } })).toMatchObject([
      {
        severity: "error",
        address: uptimeAddress,
        message: 'http_check.body is "e30=" without request_method; rejected by the API: a GET has no body.',
      },
    ]);
  });

  test("a POST has a content type, which no header gives", () => {
    const post = { request_method: "POST", body: "e30=" };
    expect(messages({ http_check: { ...post, content_type: "URL_ENCODED" } })).toEqual([]);
    expect(messages({ http_check: post })).toEqual([
      'http_check.content_type is not set with request_method "POST"; rejected by the API: it is needed.',
    ]);
    expect(messages({ http_check: { ...post, content_type: "TYPE_UNSPECIFIED" } })).toHaveLength(1);
    expect(messages({ http_check: { headers: { "Content-Type": "text/plain" } } })).toEqual([
      "http_check.headers has Content-Type; rejected by the API: content_type sets it.",
    ]);
  });

  test("one kind of check, one target", () => {
    expect(messages({ tcp_check: { port: 443 } })).toEqual([
      "http_check and tcp_check are set; rejected by the API: at most one of them may be set.",
    ]);
    expect(messages({ http_check: undefined })).toHaveLength(1);
    expect(messages({ resource_group: { group_id: "g" } })).toEqual([
      "monitored_resource and resource_group are set; rejected at plan: exactly one of them must be set.",
    ]);
  });

  test("the monitored resource is of a type that can be checked, with its host", () => {
    const monitored = (type: string, labels: object, more: object = {}) =>
      messages({ monitored_resource: { type, labels }, ...more });
    expect(monitored("uptime-url", { host: "example.com" })).toEqual([
      expect.stringMatching(
        /^monitored_resource\.type is "uptime-url"; rejected by the API: it must be one of/,
      ),
    ]);
    expect(monitored("uptime_url", { project_id: "p" })).toEqual([
      'monitored_resource.labels.host is not set with type "uptime_url"; rejected by the API: it is needed.',
    ]);
    expect(monitored("uptime_url", { host: "example.com" }, { checker_type: "VPC_CHECKERS" })).toEqual([
      'monitored_resource.type is "uptime_url"; rejected by the API: checker_type VPC_CHECKERS reaches a servicedirectory_service only.',
    ]);
  });

  test("plain HTTP to 443 is a warning", () => {
    expect(found({ http_check: { port: 443 } })).toMatchObject([
      {
        severity: "warning",
        message:
          "http_check.port is 443 and use_ssl is false; fails at run time: the check sends plain HTTP.",
      },
    ]);
  });

  test("a value at a path is compared as JSON", () => {
    expect(messages({ content_matchers: { content: "ok", matcher: "MATCHES_JSON_PATH" } })).toEqual([
      'content_matchers.json_path_matcher is not set with matcher "MATCHES_JSON_PATH"; rejected by the API: it is needed.',
    ]);
    const status = (content: string, json_matcher = "EXACT_MATCH") =>
      messages({
        content_matchers: {
          content,
          matcher: "MATCHES_JSON_PATH",
          json_path_matcher: { json_path: "$.status", json_matcher },
        },
      });
    expect(status('"healthy"')).toEqual([]);
    expect(status("health.*", "REGEX_MATCH")).toEqual([]);
    expect(status("healthy")).toEqual([
      "content_matchers.content is healthy; fails at run time: it is not JSON, and the value at the path never equals it.",
    ]);
  });
});
