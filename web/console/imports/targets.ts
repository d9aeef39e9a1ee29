/** What a column can mean: the fields of a need, and what else a file tells. */
export const targets = [
  'title', 'text', 'problem', 'scene', 'indicator', 'expected_goal', 'key_tech', 'root_cause', 'tried', 'foundation', 'constraints',
  'partner_req', 'deadline', 'budget', 'budget_to_partner', 'coop_mode', 'ip_terms', 'confidentiality', 'decision_owner', 'need_type',
  'chain', 'region', 'indicator_name', 'indicator_current', 'indicator_target', 'indicator_unit', 'indicator_condition',
  'org_name', 'uscc', 'org_type', 'org_tags', 'org_profile', 'address', 'industry', 'keywords',
  'contact_name', 'contact_role', 'contact_phone', 'contact_email', 'contact_other', 'number', 'ignore',
] as const
