=== reserved environment variable
=> error service/workflow: user_env_vars has "GOOGLE_REGION"
resource "google_workflows_workflow" "w" {
  name = "w"
  region = "europe-west1"
  user_env_vars = { "«GOOGLE_REGION¦REGION»" = "europe-west1" }
  source_contents = <<-T
    main:
      steps:
        - done:
            return: ok
  T
}

=== two steps of one name
=> error service/workflow: source_contents: two steps of main have the name a
resource "google_workflows_workflow" "w" {
  name = "w"
  region = "europe-west1"
  source_contents = <<-T
    main:
      steps:
        - a:
            assign:
              - x: 1
        - «a¦b»:
            return: $${x}
  T
}

=== loop without a range
=> error service/workflow: source_contents: for of the step loop has neither in nor range
resource "google_workflows_workflow" "w" {
  name = "w"
  region = "europe-west1"
  source_contents = <<-T
    main:
      steps:
        - loop:
            for:
              value: v
              «index: i¦in: [1, 2]»
              steps:
                - log:
                    call: sys.log
                    args:
                      text: $${v}
  T
}

=== try without retry or except
=> error service/workflow: source_contents: try of the step t has neither retry nor except
resource "google_workflows_workflow" "w" {
  name = "w"
  region = "europe-west1"
  source_contents = <<-T
    main:
      steps:
        - t:
            try:
              call: http.get
              args:
                url: https://example.com
            «¦retry: $${http.default_retry}»
  T
}

=== params that are no list
=> error service/workflow: source_contents: params of main is no list
resource "google_workflows_workflow" "w" {
  name = "w"
  region = "europe-west1"
  source_contents = <<-T
    main:
      params: «input¦[input]»
      steps:
        - done:
            return: $${input}
  T
}

=== parallel without branches
=> error service/workflow: source_contents: parallel of the step p has neither branches nor for
resource "google_workflows_workflow" "w" {
  name = "w"
  region = "europe-west1"
  source_contents = <<-T
    main:
      steps:
        - p:
            parallel:
              «shared: [x]¦branches:
                - a:
                    steps:
                      - l:
                          call: sys.log
                          args:
                            text: a
                - b:
                    steps:
                      - l:
                          call: sys.log
                          args:
                            text: b»
  T
}

=== case without a condition
=> error service/workflow: source_contents: a case of the step s has no condition
resource "google_workflows_workflow" "w" {
  name = "w"
  region = "europe-west1"
  source_contents = <<-T
    main:
      steps:
        - s:
            switch:
              - «if¦condition»: $${1 == 1}
                next: end
  T
}

=== assignment that is no list
=> error service/workflow: source_contents: assign of the step a is no list
resource "google_workflows_workflow" "w" {
  name = "w"
  region = "europe-west1"
  source_contents = <<-T
    main:
      steps:
        - a:
            assign:
              «x: 1¦- x: 1»
  T
}

=== step without an action
=> error service/workflow: source_contents: the step a has result
resource "google_workflows_workflow" "w" {
  name = "w"
  region = "europe-west1"
  source_contents = <<-T
    main:
      steps:
        - a:
            «result: x¦call: http.get
            args:
              url: https://example.com
            result: x»
  T
}

=== log level that is none
=> error schema/unknown-value: call_log_level is "ALL_CALLS"
resource "google_workflows_workflow" "w" {
  name = "w"
  region = "europe-west1"
  call_log_level = "«ALL_CALLS¦LOG_ALL_CALLS»"
  source_contents = <<-T
    main:
      steps:
        - done:
            return: ok
  T
}

=== loop range of one number
=> error service/workflow: source_contents: range of the step l has 1 numbers
resource "google_workflows_workflow" "w" {
  name = "w"
  region = "europe-west1"
  source_contents = <<-T
    main:
      steps:
        - l:
            for:
              value: i
              range: [«10¦1, 10»]
              steps:
                - s:
                    call: sys.log
                    args:
                      text: $${i}
  T
}
