/** The 12 chains of the province. */
export const chains = ['电子信息', '有色金属', '装备制造', '新能源', '石化化工', '建材', '钢铁', '航空', '食品', '纺织服装', '医药', '现代家具']

/** The cities of the province by their code, as package need has them. */
const cities: Partial<Record<string, string>> = {
  360000: '江西省', 360100: '南昌', 360200: '景德镇', 360300: '萍乡', 360400: '九江', 360500: '新余', 360600: '鹰潭',
  360700: '赣州', 360800: '吉安', 360900: '宜春', 361000: '抚州', 361100: '上饶',
}

export const cityCodes = Object.keys(cities)

/** The name of a region, which the library keeps by its code. */
export const region = (code: string) => cities[code] ?? code

/** The values of the fields that take one of a list (as package need reads them). */
export const codes: Partial<Record<string, string[]>> = {
  coop_mode: ['独立研发', '委托研发', '合作研发', '技术转让', '技术许可', '技术入股', '技术服务', '技术咨询', '采购', '其他'],
  ip_terms: ['企业', '共有', '供方', '面议'],
  confidentiality: ['公开', '脱敏公开', '定向', '不公开'],
  need_type: ['技术攻关', '产品开发', '工艺改进', '设备改造', '成果引进', '检测与标准', '资源环境', '其他'],
  chain: [...chains, '其他'],
  region: Object.values(cities).filter((c): c is string => c !== undefined && c !== '江西省'),
}
