import { useTranslation } from 'react-i18next'
import { Link, Navigate, useParams } from 'react-router'
import { Drop, ImportList } from '../imports/imports'
import { useMay } from '../session'
import { isLibrary } from './libraries'
import { Tabs } from './list'

/** Where files go into a library, and those that went. */
export default function LibraryImport() {
  const { t } = useTranslation()
  const { library } = useParams()
  const may = useMay('library:write')
  if (!isLibrary(library)) return <Navigate to="/library/achievements" replace />
  return (
    <div className="sheet">
      <title>{t('lib.importTitle', { name: t(`lib.name.${library}`) })}</title>
      <p className="muted"><Link to={`/library/${library}`}>{t(`lib.name.${library}`)}</Link> /</p>
      <h1>{t('lib.importTitle', { name: t(`lib.name.${library}`) })}</h1>
      <Tabs library={library} />
      <p className="muted">{t('lib.importLead')}</p>
      {may && <Drop into={library} />}
      <ImportList into={library} />
    </div>
  )
}
