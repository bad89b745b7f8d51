package intake

import "strings"

// traditional pairs the characters of labels, surnames and set phrases in
// their traditional form with the simplified one. It is no converter: what is
// suggested keeps the writer's own characters. Both forms take three bytes, so
// that places in the one text are places in the other.
const traditional = "訴诉 舉举 報报 訪访 費费 業业 請请 聯联 係系 絡络 電电 話话 機机 號号 碼码 戶户 現现 處处 證证 郵邮 單单 稱称 對对 構构 經经 營营 實实 與与 據据 內内 過过 體体 況况 說说 問问 題题 訊讯 個个 " +
	"資资 務务 決决 結结 簽签 時时 間间 針针 關关 於于 國国 區区 縣县 鎮镇 鄉乡 門门 樓楼 棟栋 層层 東东 廠厂 車车 會会 員员 學学 醫医 診诊 銀银 飯饭 館馆 場场 園园 團团 衛卫 環环 監监 護护 設设 " +
	"計计 劃划 規规 財财 稅税 將将 們们 強强 懇恳 領领 導导 屬属 協协 調调 責责 執执 謝谢 禮礼 順顺 頌颂 檔档 見见 發发 應应 該该 還还 讓让 給给 為为 無无 沒没 違违 亂乱 壞坏 擾扰 職职 辦办 審审 " +
	"築筑 條条 點点 當当 來来 書书 轉转 聽听 講讲 陳陈 張张 劉刘 黃黄 楊杨 趙赵 吳吴 孫孙 馬马 羅罗 鄭郑 韓韩 馮冯 鄧邓 許许 蕭萧 葉叶 呂吕 蘇苏 盧卢 蔣蒋 賈贾 閻阎 鍾钟 譚谭 陸陆 賀贺 顧顾 龔龚 " +
	"錢钱 湯汤 龍龙 萬万 嚴严 齊齐 歐欧 陽阳 鄒邹 莊庄 魯鲁 聶聂 駱骆 韋韦 溫温 紀纪 項项 閔闵 賴赖 鄔邬 畢毕 寧宁 樂乐 連连 華华 鮑鲍 喬乔 竇窦 塗涂 諸诸 龐庞 範范 遲迟 諶谌 鄺邝 寶宝 歸归 記记"

var simplified = func() map[rune]rune {
	table := map[rune]rune{}
	for _, pair := range strings.Fields(traditional) {
		r := []rune(pair)
		table[r[0]] = r[1]
	}
	return table
}()

// simple is a text as the tables here spell it, byte for byte in place.
func simple(s string) string {
	return strings.Map(func(r rune) rune {
		if plain, ok := simplified[r]; ok {
			return plain
		}
		return r
	}, s)
}
