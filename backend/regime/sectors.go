package regime

import "jiesu/backend/field"

// Sectors are the trades an office may name in its profile and a regime may be
// meant for. Append-only.
func Sectors() []field.Option {
	return []field.Option{
		{ID: "government", Label: "政府机关及其下属机构"},
		{ID: "market-regulation", Label: "市场监督管理、药品监督管理部门"},
		{ID: "institution", Label: "事业单位"},
		{ID: "hospital", Label: "医疗机构"},
		{ID: "bank", Label: "银行"},
		{ID: "credit-union", Label: "信用社"},
		{ID: "enterprise", Label: "一般企业"},
		{ID: "dealer", Label: "设备经销和技术服务"},
		{ID: "outsourcing", Label: "外包服务"},
		{ID: "catering", Label: "餐饮、娱乐"},
		{ID: "apparel", Label: "服装零售"},
		{ID: "tower", Label: "通信铁塔"},
		{ID: "gas", Label: "燃气"},
		{ID: "property", Label: "物业"},
	}
}
