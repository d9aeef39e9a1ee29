import { useTranslation } from 'react-i18next'
import type { Schema } from '../api/client'
import { useLibraries } from '../libraries/libraries'

/** What a column can mean in a file of needs: their fields, and what else a file tells. */
const ofNeeds = [
  'title', 'text', 'problem', 'scene', 'indicator', 'expected_goal', 'key_tech', 'root_cause', 'tried', 'foundation', 'constraints',
  'partner_req', 'deadline', 'budget', 'budget_to_partner', 'coop_mode', 'ip_terms', 'confidentiality', 'decision_owner', 'need_type',
  'chain', 'region', 'indicator_name', 'indicator_current', 'indicator_target', 'indicator_unit', 'indicator_condition',
  'org_name', 'uscc', 'org_type', 'org_tags', 'org_profile', 'address', 'industry', 'keywords',
  'contact_name', 'contact_role', 'contact_phone', 'contact_email', 'contact_other', 'number', 'ignore',
] as const

/** Parts of rights that may have columns of their own. */
const ofRights = ['ip_number', 'ip_status', 'ip_pledge']

/** What a column can mean in a file of needs, or of a library, and how that is called. */
export function useTargets(into: Schema['LibraryName'] | undefined): { targets: readonly string[]; name: (target: string) => string } {
  const { t } = useTranslation()
  const fields = useLibraries().data?.items.find((l) => l.library === into)?.fields ?? []
  if (!into) return { targets: ofNeeds, name: (target) => t(`imports.target.${target}`, { defaultValue: t(`field.${target}`, target) }) }
  return {
    targets: ['code', ...fields.filter((f) => f.shape !== 'checks').map((f) => f.key), ...(into === 'achievements' ? ofRights : []), 'shared', 'number', 'ignore'],
    name: (target) => t([`lib.of.${into}.${target}`, `lib.field.${target}`], target),
  }
}
