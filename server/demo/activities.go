package demo

import (
	_ "embed"
	"encoding/json"
	"fmt"

	"kaskad/model"
)

//go:embed data/activity-types.json
var activityTypes []byte

// ActivityTypes are the kinds of activities the DiREKT programme has besides
// its seminars.
func ActivityTypes() ([]model.ActivityType, error) {
	var types []model.ActivityType
	if err := json.Unmarshal(activityTypes, &types); err != nil {
		return nil, fmt.Errorf("demo: activity types: %w", err)
	}
	return types, model.ValidateTypes(types)
}
