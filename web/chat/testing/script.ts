// One interview as the bot would lead it, for tests of the page.
import type { Said } from './fake'

export const interview: Said[] = [
  {
    text: '谢谢，我们开始。大约要问十几个问题，一次一个；不知道、不方便说都可以直说。\n您现在最想解决的技术难题是什么？',
    asks: ['problem'], state: { progress: { done: 0, total: 13 } },
  },
  { text: '好的，“铜合金带材强度上不去”记下了。\n这个材料用在什么产品、什么工序上？', asks: ['scene'], state: { progress: { done: 2, total: 13 } } },
  { text: '导电率现在是多少？希望达到多少？', asks: ['indicator'], state: { progress: { done: 4, total: 13 } } },
  {
    text: '这个课题大概准备投入多少？说个范围就行。', asks: ['budget'], state: { progress: { done: 9, total: 13 } },
    choices: [
      { id: 'b0-50', label: '50 万元以下' }, { id: 'b50-100', label: '50–100 万元' },
      { id: 'b100-300', label: '100–300 万元' }, { id: 'skip', label: '暂不方便说' },
    ],
  },
  {
    text: '我把您说的整理在下面，请逐条看一下；没有问题请点“确认无误”，有不对的点“改一下”。',
    state: { status: 'confirming', progress: { done: 12, total: 13 } },
    choices: [{ id: 'readback.ok', label: '确认无误' }, { id: 'readback.fix', label: '有要改的' }],
    card: {
      title: '请您核对',
      lines: [
        { number: 1, key: 'problem', label: '技术难题', value: '铜合金带材在保持导电率的同时强度上不去，时效窗口窄', status: 'filled' },
        { number: 2, key: 'indicator:i1', label: '导电率', value: '现在 76 %IACS，目标 ≥ 80 %IACS（20 ℃）', status: 'filled' },
        { number: 3, key: 'indicator:i2', label: '抗拉强度', value: '更高一些', status: 'vague' },
        { number: 4, key: 'deadline', label: '完成时限', value: '12 个月', status: 'filled' },
        { number: 5, key: 'budget', label: '预算', value: '50–100 万元', status: 'filled' },
        { number: 6, key: 'ip_terms', label: '知识产权', value: '不便提供', status: 'declined' },
        { number: 7, key: 'decision_owner', label: '决策人', value: '待补，问张总', status: 'delegated' },
      ],
    },
  },
  { text: '谢谢您，这条需求已经提交。接下来工作人员会核对，再去找合适的专家，有结果会在这里告诉您。', state: { status: 'done', progress: { done: 13, total: 13 } } },
]
