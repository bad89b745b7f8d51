package desk_test

import "maps"

type scenarioWord struct {
	least, most int
	do          func(s *scenario, a []string) error
}

// scenarioWords are the words of the scenarios. A word that stands for a
// sentence or a name has _ for a space.
//
//	证 行…                             the steps from here on prove these rows of docs/requirements.tsv
//	时间 日 时:分                      the clock stands there
//	单位 甲 代码 名称 办法             a new office
//	登录 甲 密码 · 锁定 甲 · 另开 甲   the desk
//	人员 甲 姓名 角色,角色             an officer (a handler too, unless a built-in role is named)
//	换人 甲 姓名                       the next steps are his
//	主管 甲 姓名 部门,部门             he is in charge of these
//	专长 甲 姓名 专长,专长             what he knows
//	额度 甲 办法 角色 金额             what the role may grant alone
//	行业 甲 行业 主体资格|-            what the office is
//	设定 甲 时限 长度                  a limit the office sets
//	启用 甲 文件                       a rulebook
//	登记 甲 案 文件 · 收件 甲 信 文件  a complaint, a mail
//	登记邮件 甲 信 案
//	办理 甲 案 动作 文件|- [日 时:分]  one step
//	资料 甲 文件                       what letters say of the office
//	签发 甲 案 文书 · 作废 甲 案 文书
//	撤回 甲 案 · 并案 甲 案 另案 · 更正 甲 案 文件  corrections
//	拒绝 代码 …                        the step is refused and leaves nothing
//	共享 甲 · 加入 乙 甲 · 交换 甲 · 断开 · 接通 · 裁决 甲 案 哪个单位
//
// The rest only look (scenario_see_test.go, scenario_forms_test.go,
// scenario_letters_test.go):
//
//	能办 甲 案 动作 · 不能办 甲 案 动作 字句
//	环节 甲 案 环节 · 期限 甲 案 时限 期限|- 状态|无 · 依据 甲 案 时限 字句 · 首要 甲 案 动作
//	逾期要求 甲 案 时限 动作|-         what the overdue limit demands
//	内容 甲 案 项目 值|-
//	时间线 甲 案 字句
//	提议 甲 案 动作|- 字句|-           what earlier cases propose
//	件数 甲 几件 · 灯 甲 案 灯 · 信况 甲 信 状态
//	目的 甲 办法 字句 · 依据文件 甲 办法 字句 · 提供 甲 办法 有|无
//	渠道 甲 办法 渠道 字句|- · 事项 甲 办法 事项 标志|-
//	登记项 甲 办法 项目 必填|可填|无 · 选项 甲 办法 项目 编号 名称
//	表单 甲 案 动作 项目 必填|可填|无 · 指引 甲 案 动作 字句 · 环节指引 甲 案 字句
//	缺 甲 案 文书 名称|无 · 可发 甲 案 文书 · 不可发 甲 案 文书 字句
//	文书内容 甲 案 文书 字句 · 文书无 甲 案 文书 字句
//	冲突 甲 几处 · 同样 甲 乙 案
//
// An item of a group is written group.item.
func scenarioWords() map[string]scenarioWord {
	all := map[string]scenarioWord{}
	for _, some := range []map[string]scenarioWord{deskWords(), caseWords(), seeWords(), formWords(), letterWords(), measureWords(), shareWords(), calendarWords(), peopleWords()} {
		maps.Copy(all, some)
	}
	return all
}
