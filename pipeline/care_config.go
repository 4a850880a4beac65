package pipeline

// BackupConfig is where backups go, and how many of them stay.
type BackupConfig struct {
	Dir  string `yaml:"dir"`
	Keep int    `yaml:"keep"` // 0: all
}

// RetentionConfig is how many months of the outbox stay; 0: all.
type RetentionConfig struct {
	ReceiptsMonths int `yaml:"receipts_months"`
	FormsMonths    int `yaml:"forms_months"`
}
