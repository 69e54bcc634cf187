=== rate limit options on a deny rule
=> error edge/cloud-armor: rule[0].rate_limit_options is set with action "deny(403)"
resource "google_compute_security_policy" "p" {
  name = "p"
  rule {
    action = "«deny(403)¦throttle»"
    priority = 1000
    match { 
      versioned_expr = "SRC_IPS_V1" 
      config { src_ip_ranges = ["*"] }
    }
    rate_limit_options {
      conform_action = "allow"
      exceed_action = "deny(429)"
      enforce_on_key = "IP"
      rate_limit_threshold { 
        count = 100 
        interval_sec = 60
      }
    }
  }
  rule {
    action = "allow"
    priority = 2147483647
    match { 
      versioned_expr = "SRC_IPS_V1" 
      config { src_ip_ranges = ["*"] }
    }
  }
}

=== default rule that matches less than all
=> error edge/cloud-armor: rule.src_ip_ranges of the rule with priority 2147483647 is 10.0.0.0/8
resource "google_compute_security_policy" "p" {
  name = "p"
  rule {
    action = "deny(403)"
    priority = 2147483647
    match { 
      versioned_expr = "SRC_IPS_V1" 
      config { src_ip_ranges = ["«10.0.0.0/8¦*»"] }
    }
  }
}

=== ban without its duration
=> error edge/cloud-armor: action is "rate_based_ban" without rate_limit_options.ban_duration_sec
resource "google_compute_security_policy_rule" "r" {
  security_policy = "p"
  action = "rate_based_ban"
  priority = 1000
  match { 
    versioned_expr = "SRC_IPS_V1" 
    config { src_ip_ranges = ["*"] }
  }
  rate_limit_options {
    conform_action = "allow"
    exceed_action = "deny(429)"
    enforce_on_key = "IP"
    «¦ban_duration_sec = 300»
    rate_limit_threshold { 
      count = 100 
      interval_sec = 60
    }
  }
}

=== header key without the header
=> error edge/cloud-armor: rate_limit_options.enforce_on_key_name is not set with rate_limit_options.enforce_on_key "HTTP_HEADER"
resource "google_compute_security_policy_rule" "r" {
  security_policy = "p"
  action = "throttle"
  priority = 1000
  match { 
    versioned_expr = "SRC_IPS_V1" 
    config { src_ip_ranges = ["*"] }
  }
  rate_limit_options {
    conform_action = "allow"
    exceed_action = "deny(429)"
    enforce_on_key = "HTTP_HEADER"
    «¦enforce_on_key_name = "x-user"»
    rate_limit_threshold { 
      count = 100 
      interval_sec = 60
    }
  }
}

=== attribute of the language that is none
=> error edge/cloud-armor: match.expr.expression has origin.country
resource "google_compute_security_policy_rule" "r" {
  security_policy = "p"
  action = "deny(403)"
  priority = 1000
  match { 
    expr { expression = "origin.«country¦region_code» == 'CN'" }
  }
}

=== WAF rules in an edge policy
=> error edge/cloud-armor: type is "CLOUD_ARMOR_EDGE", and match.expr.expression is evaluatePreconfiguredWaf('sqli-v33-stable') in the rule with priority 1000
resource "google_compute_security_policy" "p" {
  name = "p"
  type = "«CLOUD_ARMOR_EDGE¦CLOUD_ARMOR»"
  rule {
    action = "deny(403)"
    priority = 1000
    match { 
      expr { expression = "evaluatePreconfiguredWaf('sqli-v33-stable')" }
    }
  }
  rule {
    action = "allow"
    priority = 2147483647
    match { 
      versioned_expr = "SRC_IPS_V1" 
      config { src_ip_ranges = ["*"] }
    }
  }
}

=== redirect without a target
=> error edge/cloud-armor: redirect_options.target is not set with redirect_options.type "EXTERNAL_302"
resource "google_compute_security_policy_rule" "r" {
  security_policy = "p"
  action = "redirect"
  priority = 1000
  match { 
    versioned_expr = "SRC_IPS_V1" 
    config { src_ip_ranges = ["192.0.2.0/24"] }
  }
  redirect_options {
    type = "EXTERNAL_302"
    «¦target = "https://example.com/blocked"»
  }
}

=== six conditions in one expression
=> error edge/cloud-armor: match.expr.expression has 6 conditions
resource "google_compute_security_policy_rule" "r" {
  security_policy = "p"
  action = "deny(403)"
  priority = 1000
  match {
    expr { expression = "request.path.startsWith('/a0') || request.path.startsWith('/a1') || request.path.startsWith('/a2') || request.path.startsWith('/a3') || request.path.startsWith('/a4')« || request.path.startsWith('/b')¦»" }
  }
}

=== range that is none
=> error edge/cloud-armor: inIpRange has "10.0.0.0/33"
resource "google_compute_security_policy_rule" "r" {
  security_policy = "p"
  action = "deny(403)"
  priority = 1000
  match {
    expr { expression = "inIpRange(origin.ip, '10.0.0.0/«33¦8»')" }
  }
}

=== expression with a lookahead
=> error edge/cloud-armor: matches has "(?!api)"
resource "google_compute_security_policy_rule" "r" {
  security_policy = "p"
  action = "deny(403)"
  priority = 1000
  match {
    expr { expression = "request.path.matches('«(?!api)¦^/api»')" }
  }
}
