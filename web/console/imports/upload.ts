import { api, data, type Schema } from '../api/client'

/** Uploads a file of needs, or of a library. The client writes JSON unless it is told how to write a form. */
export async function upload(file: File, into?: Schema['LibraryName']): Promise<Schema['Upload']> {
  const form = new FormData()
  form.append('file', file)
  if (into) return data(await api.POST('/libraries/{library}/documents', { params: { path: { library: into } }, body: { file: file.name }, bodySerializer: () => form }))
  return data(await api.POST('/documents', { body: { file: file.name }, bodySerializer: () => form }))
}
