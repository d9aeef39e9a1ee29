import { chains } from '../pages/needs'

/** The values of the fields that take one of a list (as package need reads them). */
export const codes: Partial<Record<string, string[]>> = {
  coop_mode: ['独立研发', '委托研发', '合作研发', '技术转让', '技术许可', '技术入股', '技术服务', '技术咨询', '采购', '其他'],
  ip_terms: ['企业', '共有', '供方', '面议'],
  confidentiality: ['公开', '脱敏公开', '定向', '不公开'],
  need_type: ['技术攻关', '产品开发', '工艺改进', '设备改造', '成果引进', '检测与标准', '资源环境', '其他'],
  chain: [...chains, '其他'],
}
