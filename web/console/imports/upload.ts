import { api, data, type Schema } from '../api/client'

/** Uploads a file of needs. The client writes JSON unless it is told how to write a form. */
export async function upload(file: File): Promise<Schema['Upload']> {
  const form = new FormData()
  form.append('file', file)
  return data(await api.POST('/documents', { body: { file: file.name }, bodySerializer: () => form }))
}
