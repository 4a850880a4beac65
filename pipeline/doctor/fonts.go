package doctor

import "context"

// fonts asks for the faces that a digest is set in.
var fonts = Examination{Code: "fonts", Title: "字体",
	Run: func(_ context.Context, c *Case) ([]Symptom, error) {
		if c.Fonts == nil {
			return nil, nil
		}
		if err := c.Fonts(); err != nil {
			return []Symptom{{Severity: Error, What: "字体不全，通报出不了：" + oneLine(err), Where: "duban.yaml",
				Fix: "每种字体，把括号里的任一个文件放进工作目录的 fonts 文件夹；文件名不同的，在 duban.yaml 的 fonts 里写明。"}}, nil
		}
		return nil, nil
	}}
