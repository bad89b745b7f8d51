// 主体资格 for the first run, before there is a data folder to ask. The ids are those of
// backend/letter; the settings screen takes the list from Go.
export const capacities = [
  { value: 'agency', label: '行政机关' },
  { value: 'authorized', label: '法律法规规章授权组织' },
  { value: 'branch-department', label: '派出机构（以本部门名义）' },
  { value: 'branch-own', label: '派出机构（授权以自己名义）' },
  { value: 'entrusted', label: '受委托组织' },
  { value: 'institution', label: '事业单位（无授权）' },
  { value: 'enterprise', label: '企业/社会组织' },
]
