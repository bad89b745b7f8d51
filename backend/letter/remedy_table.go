package letter

// remedyRow is one row of the decision table: which paragraph a letter carries.
// The first row that fits wins; nil fits everything.
type remedyRow struct {
	no       int
	kinds    []Kind
	families []Family
	issuer   issuer
	when     func(Situation) bool
	remedy   RemedyID
	source   string
}

// issuer is the 主体 a row speaks of.
type issuer int

const (
	anyIssuer      issuer = iota
	administrative        // 行政主体
	otherBody             // no 行政主体
)

func (i issuer) fits(c Capacity) bool {
	switch i {
	case administrative:
		return c.Administrative()
	case otherBody:
		return c != "" && !c.Administrative()
	}
	return true
}

func consumer(s Situation) bool { return s.Consumer }
func civil(s Situation) bool    { return s.Civil }
func internal(s Situation) bool { return s.Internal }
func open(s Situation) bool     { return s.Open }
func first(s Situation) bool    { return s.First }
func choice(s Situation) bool   { return s.Choice }

var (
	procedural = []Kind{Receipt, Acceptance, MaterialsRequest, Transfer, Extension, Appraisal, MediationNotice, HearingNotice, Progress, DeliveryReceipt, RecordForm}
	settling   = []Kind{MediationAgreement, Termination}
)

var remedyTable = []remedyRow{
	{1, procedural, nil, anyIssuer, nil, RemedyNone, "程序性文书，不影响权利义务"},
	{2, []Kind{Refusal}, []Family{FamilyMarket}, administrative, nil, RemedyX39, "121号第十五条第二款；消保法实施条例第四十六条第二款"},
	{3, []Kind{Termination}, []Family{FamilyMarket}, administrative, nil, RemedyX25, "121号第二十五条；行政复议法第十二条第四项"},
	{4, []Kind{MediationAgreement}, []Family{FamilyMarket}, administrative, nil, RemedyX9, "文书式样九"},
	{5, []Kind{ReportResult}, []Family{FamilyMarket}, administrative, nil, RemedyNone, "文书式样十"},
	{6, []Kind{PetitionOpinion}, nil, anyIssuer, nil, RemedyXF1, "信访工作条例第三十五条"},
	{7, []Kind{PetitionReview}, nil, anyIssuer, nil, RemedyXF2, "信访工作条例第三十六条"},
	{7, []Kind{PetitionFinal}, nil, anyIssuer, nil, RemedyNone, "信访工作条例第三十六条：终结"},
	{8, settling, nil, administrative, consumer, RemedyX39, "行政复议法第十二条第四项；消保法第三十九条"},
	{8, settling, nil, administrative, nil, RemedyCivil, "行政复议法第十二条第四项"},
	{8, []Kind{Result}, nil, administrative, civil, RemedyCivil, "行政复议法第十二条第四项"},
	{9, []Kind{Result}, nil, administrative, internal, RemedyNone, "行政复议法第十二条第三项"},
	{10, []Kind{Refusal}, []Family{FamilyGovernment}, administrative, choice, RemedyFY2, "行政复议法第十一条第十一项、第二十条；经法制审核确认"},
	{10, []Kind{Refusal}, []Family{FamilyGovernment}, administrative, nil, RemedyFY1, "行政复议法第十一条第十一项、第二十条、第二十三条；行政诉讼法第四十五条"},
	{11, []Kind{Decision}, []Family{FamilyGovernment, FamilyMarket}, administrative, first, RemedyFY1, "行政复议法第二十三条"},
	{11, []Kind{Decision}, []Family{FamilyGovernment, FamilyMarket}, administrative, nil, RemedyFY2, "行政复议法第二十条；行政诉讼法第四十四条、第四十六条"},
	{12, []Kind{Result}, []Family{FamilyGovernment, FamilyMarket}, administrative, open, RemedyNone, "未终结案件的告知"},
	{12, []Kind{Result}, []Family{FamilyGovernment, FamilyMarket}, administrative, first, RemedyFY1, "行政复议法第二十三条"},
	{12, []Kind{Result}, []Family{FamilyGovernment, FamilyMarket}, administrative, nil, RemedyFY2, "行政复议法第二十条；行政诉讼法第四十四条、第四十六条"},
	{14, []Kind{StaffSanction}, nil, anyIssuer, nil, RemedyStaff, "本单位申诉；劳动争议调解仲裁法"},
	{14, []Kind{StaffAppeal}, nil, anyIssuer, nil, RemedyLabour, "本单位申诉已经处理；劳动争议调解仲裁法"},
	{13, nil, nil, otherBody, nil, RemedyOwn, "行政复议法第二条：不具有行政主体资格"},
}

// remedyText is what is printed, word for word. Periods run from receipt and
// stand in hanzi; no date is ever computed here.
var remedyText = map[RemedyID]string{
	RemedyFY1:    "如不服本决定，应当自收到本决定书之日起六十日内先向%s申请行政复议；对行政复议决定不服的，可以自收到行政复议决定书之日起十五日内向%s提起行政诉讼。",
	RemedyFY2:    "如不服本决定，可以自收到本决定书之日起六十日内向%s申请行政复议，也可以自收到本决定书之日起六个月内直接向%s提起行政诉讼。",
	RemedyX39:    "你还可以按照《中华人民共和国消费者权益保护法》第三十九条规定的其他途径解决消费者权益争议。",
	RemedyX25:    "投诉人、被投诉人对市场监督管理部门作出的终止调解决定、调解结果不服的，可以按照《中华人民共和国消费者权益保护法》第三十九条规定，通过民事诉讼、仲裁等其他途径解决消费者权益争议。",
	RemedyX9:     "本调解书经双方当事人签字后生效。调解书生效后，一方当事人未履行的，另一方当事人可以依据《中华人民共和国消费者权益保护法》第三十九条规定，通过民事诉讼、仲裁等其他途径解决消费者权益争议。",
	RemedyCivil:  "可以依法申请仲裁（有仲裁协议的）或者向人民法院提起民事诉讼。",
	RemedyXF1:    "如不服本处理意见，可以自收到本意见书之日起三十日内请求原办理机关、单位的上一级机关、单位复查。",
	RemedyXF2:    "如不服本复查意见，可以自收到本意见书之日起三十日内向复查机关、单位的上一级机关、单位请求复核。",
	RemedyOwn:    "如有异议，可以自收到本通知之日起%s日内向%s（电话：%s，地址：%s）提出申诉；也可以依法通过调解、仲裁（有仲裁协议的）、诉讼等途径解决。",
	RemedyStaff:  "如有异议，可以自收到本通知之日起%s日内向%s（电话：%s，地址：%s）提出申诉；属于劳动争议的，也可以依法申请劳动争议仲裁。",
	RemedyLabour: "本决定是本单位对申诉的最终处理。属于劳动争议的，可以依法申请劳动争议仲裁。",
}
